from django import forms

BIGGEST_KEY = 2**63 - 1


class ReadForm(forms.Form):
    """One notice by `id`, and whether to follow it; or all `upto` the newest that was shown."""

    id = forms.IntegerField(min_value=1, max_value=BIGGEST_KEY, required=False)
    upto = forms.IntegerField(min_value=1, max_value=BIGGEST_KEY, required=False)
    follow = forms.BooleanField(required=False)
