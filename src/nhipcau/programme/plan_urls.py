"""Where plans are, under ``ke-hoach/``."""

from django.urls import path

from nhipcau.programme.views import plan, plan_compare, plan_edit, plan_head, plan_new, plan_steps, plans

plan_urls = [
    path("ke-hoach/", plans.plans, name="plans"),
    path("ke-hoach/hoat-dong/", plans.plan_activities, name="plan_activities"),
    path("ke-hoach/moi/", plan_new.plan_new, name="plan_new"),
    path("ke-hoach/<int:plan_id>/", plan.plan, name="plan"),
    path("ke-hoach/<int:plan_id>/soan/", plan_edit.plan_edit, name="plan_edit"),
    path("ke-hoach/<int:plan_id>/dau-van-ban/", plan_head.plan_head, name="plan_head"),
    path("ke-hoach/<int:plan_id>/so-sanh/", plan_compare.plan_compare, name="plan_compare"),
    path("ke-hoach/<int:plan_id>/trinh/", plan_steps.plan_submit, name="plan_submit"),
    path("ke-hoach/<int:plan_id>/rut-lai/", plan_steps.plan_withdraw, name="plan_withdraw"),
    path("ke-hoach/<int:plan_id>/tra-lai/", plan_steps.plan_send_back, name="plan_send_back"),
    path("ke-hoach/<int:plan_id>/duyet/", plan_steps.plan_approve, name="plan_approve"),
    path("ke-hoach/<int:plan_id>/ban-hanh/", plan_steps.plan_issue, name="plan_issue"),
    path("ke-hoach/<int:plan_id>/thu-hoi/", plan_steps.plan_recall, name="plan_recall"),
    path("ke-hoach/<int:plan_id>/huy/", plan_steps.plan_discard, name="plan_discard"),
    path("ke-hoach/<int:plan_id>/dieu-chinh/", plan_steps.plan_amend, name="plan_amend"),
    path("ke-hoach/<int:plan_id>/tiep-nhan/", plan_steps.plan_receive, name="plan_receive"),
    path("ke-hoach/<int:plan_id>/tep/", plan_steps.plan_attach, name="plan_attach"),
    path("ke-hoach/<int:plan_id>/y-kien/", plan_steps.plan_comment, name="plan_comment"),
    path("ke-hoach/<int:plan_id>/hoat-dong/", plan_edit.plan_activity_add, name="plan_activity_add"),
    path("ke-hoach/noi-nhan/<int:plan_recipient_id>/chap-nhan/", plan_steps.plan_accept, name="plan_accept"),
    path("ke-hoach/noi-nhan/<int:plan_recipient_id>/yeu-cau/", plan_steps.plan_return, name="plan_return"),
    path("ke-hoach/phan/<int:plan_part_id>/", plan_edit.plan_part_write, name="plan_part_write"),
    path("ke-hoach/phan/<int:plan_part_id>/bo/", plan_edit.plan_part_forget, name="plan_part_forget"),
    path("ke-hoach/muc/<int:plan_activity_id>/", plan_edit.plan_activity_edit, name="plan_activity_edit"),
    path("ke-hoach/muc/<int:plan_activity_id>/luu/", plan_edit.plan_activity_write, name="plan_activity_write"),
    path("ke-hoach/muc/<int:plan_activity_id>/bo/", plan_edit.plan_activity_forget, name="plan_activity_forget"),
    path("ke-hoach/muc/<int:plan_activity_id>/sao/", plan_edit.plan_activity_copy, name="plan_activity_copy"),
    path("ke-hoach/muc/<int:plan_activity_id>/chuyen/", plan_edit.plan_activity_move, name="plan_activity_move"),
    path("ke-hoach/muc/<int:plan_activity_id>/xoa/", plan_edit.plan_activity_remove, name="plan_activity_remove"),
]
