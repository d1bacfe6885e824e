def test_the_page_of_a_user_says_that_there_is_a_password_and_not_how_it_is_kept(at_home, kaveh, sara):
    page = at_home(kaveh).get(f"/admin/accounts/user/{sara.pk}/change/").content.decode()
    assert ("گذرواژه تعیین شده است" in page, sara.password in page, "md5" in page) == (True, False, False)
