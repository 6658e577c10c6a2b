def test_smoke(two_offices):
    assert two_offices.ours.office.pk
