"""Where an office lies. The province of a department decides its local holidays, hence rows and not text."""

from django.db import models


class Province(models.Model):
    name = models.CharField("نام", max_length=100, unique=True, error_messages={"unique": "این استان پیش‌تر ثبت شده است."})

    class Meta:
        verbose_name = "استان"
        verbose_name_plural = "استان‌ها"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class City(models.Model):
    province = models.ForeignKey(Province, models.PROTECT, related_name="cities", verbose_name="استان")
    name = models.CharField("نام", max_length=100)

    class Meta:
        verbose_name = "شهر"
        verbose_name_plural = "شهرها"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "name"],
                name="city_once_in_its_province",
                violation_error_message="این شهر پیش‌تر در همین استان ثبت شده است.",
            )
        ]

    def __str__(self) -> str:
        return self.name
