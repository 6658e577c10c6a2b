from django.urls import path

from nhipcau.programme.plan_urls import plan_urls
from nhipcau.programme.views import (
    clauses,
    directive_edit,
    directives,
    recommendation_steps,
    recommendations,
    schemes,
    task_edit,
    task_instances,
    tasks,
)

app_name = "programme"
urlpatterns = [
    *plan_urls,
    path("chi-dao/", directives.directive_list, name="directives"),
    path("chi-dao/moi/", directive_edit.directive_new, name="directive_new"),
    path("chi-dao/<int:directive_id>/", directives.directive, name="directive"),
    path("chi-dao/<int:directive_id>/sua/", directive_edit.directive_edit, name="directive_edit"),
    path("chi-dao/<int:directive_id>/tep/", directive_edit.directive_attach, name="directive_attach"),
    path("chi-dao/<int:directive_id>/lien-he/", directive_edit.directive_link, name="directive_link"),
    path("chi-dao/lien-he/<int:directive_link_id>/bo/", directive_edit.directive_unlink, name="directive_unlink"),
    path("chi-dao/<int:directive_id>/dieu-khoan/moi/", clauses.clause_new, name="clause_new"),
    path("dieu-khoan/<int:clause_id>/sua/", clauses.clause_edit, name="clause_edit"),
    path("dieu-khoan/<int:clause_id>/bo/", clauses.clause_remove, name="clause_remove"),
    path("dieu-khoan/<int:clause_id>/nhiem-vu/", task_edit.task_new, name="task_new"),
    path("nhiem-vu/", tasks.task_list, name="tasks"),
    path("nhiem-vu/<int:task_id>/", tasks.task, name="task"),
    path("nhiem-vu/<int:task_id>/sua/", task_edit.task_edit, name="task_edit"),
    path("nhiem-vu/<int:task_id>/giao/", task_edit.task_give, name="task_give"),
    path("nhiem-vu/<int:task_id>/don-vi/", tasks.task_offices, name="task_offices"),
    path("nhiem-vu/<int:task_id>/ket-thuc/", task_edit.task_end, name="task_end"),
    path("nhiem-vu/<int:task_id>/lam-tiep/", task_edit.task_take_up, name="task_take_up"),
    path("nhiem-vu-don-vi/", task_instances.task_instance_list, name="task_instances"),
    path("nhiem-vu-don-vi/<int:task_instance_id>/", task_instances.task_instance, name="task_instance"),
    path("nhiem-vu-don-vi/<int:task_instance_id>/tinh-hinh/", task_instances.task_say, name="task_say"),
    path("nhiem-vu-don-vi/<int:task_instance_id>/tra-lai/", task_instances.task_doubt, name="task_doubt"),
    path("nhiem-vu-don-vi/<int:task_instance_id>/han/", task_instances.task_move, name="task_move"),
    path("nhiem-vu-don-vi/<int:task_instance_id>/tep/", task_instances.task_attach, name="task_attach"),
    path("nhiem-vu-don-vi/<int:task_instance_id>/y-kien/", task_instances.task_comment, name="task_comment"),
    path("de-an/", schemes.scheme_list, name="schemes"),
    path("de-an/moi/", schemes.scheme_new, name="scheme_new"),
    path("de-an/<int:scheme_id>/", schemes.scheme, name="scheme"),
    path("de-an/<int:scheme_id>/sua/", schemes.scheme_edit, name="scheme_edit"),
    path("de-an/<int:scheme_id>/so-ket/", schemes.scheme_review_new, name="scheme_review_new"),
    path("de-an/so-ket/<int:scheme_review_id>/", schemes.scheme_review_hold, name="scheme_review_hold"),
    path("de-an/so-ket/<int:scheme_review_id>/bo/", schemes.scheme_review_drop, name="scheme_review_drop"),
    path("kien-nghi/", recommendations.recommendation_list, name="recommendations"),
    path("kien-nghi/gui-di/", recommendations.recommendation_outgoing, name="recommendations_outgoing"),
    path("kien-nghi/moi/", recommendation_steps.recommendation_new, name="recommendation_new"),
    path("kien-nghi/<int:recommendation_id>/", recommendations.recommendation, name="recommendation"),
    path(
        "kien-nghi/<int:recommendation_id>/sua/", recommendation_steps.recommendation_edit, name="recommendation_edit"
    ),
    path(
        "kien-nghi/<int:recommendation_id>/gui/", recommendation_steps.recommendation_send, name="recommendation_send"
    ),
    path(
        "kien-nghi/<int:recommendation_id>/nhan/",
        recommendation_steps.recommendation_receive,
        name="recommendation_receive",
    ),
    path(
        "kien-nghi/<int:recommendation_id>/tra-loi/",
        recommendation_steps.recommendation_answer,
        name="recommendation_answer",
    ),
    path(
        "kien-nghi/<int:recommendation_id>/da-xem/",
        recommendation_steps.recommendation_close,
        name="recommendation_close",
    ),
    path(
        "kien-nghi/<int:recommendation_id>/hoi-lai/",
        recommendation_steps.recommendation_again,
        name="recommendation_again",
    ),
    path(
        "kien-nghi/<int:recommendation_id>/thu-hoi/",
        recommendation_steps.recommendation_withdraw,
        name="recommendation_withdraw",
    ),
    path("kien-nghi/<int:recommendation_id>/tep/", recommendations.recommendation_attach, name="recommendation_attach"),
    path(
        "kien-nghi/<int:recommendation_id>/y-kien/",
        recommendations.recommendation_comment,
        name="recommendation_comment",
    ),
]
