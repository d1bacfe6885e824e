from django import forms
from django.contrib import admin

from autonax_support.accounts.kept import KeptAdmin
from autonax_support.accounts.models import City, Province
from autonax_support.persian.forms import LineField


class PlaceForm(forms.ModelForm):
    name = LineField(max_length=100, label="نام")


@admin.register(Province)
class ProvinceAdmin(KeptAdmin):
    form = PlaceForm
    fields = ["name"]
    search_fields = ["name"]
    ordering = ["name"]


@admin.register(City)
class CityAdmin(KeptAdmin):
    form = PlaceForm
    fields = ["province", "name"]
    autocomplete_fields = ["province"]
    list_display = ["name", "province"]
    list_select_related = ["province"]
    list_filter = ["province"]
    search_fields = ["name", "province__name"]
    ordering = ["province__name", "name"]
