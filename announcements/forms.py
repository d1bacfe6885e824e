from django import forms


class ConfirmForm(forms.Form):
    """`version` is the text the person had before their eyes; without it, the text of now."""

    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, required=False)
