from django.urls import path

from inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.ticket_list, name="list"),
    path("<id:number>/", views.ticket, name="ticket"),
    path("<id:number>/reply/", views.reply, name="reply"),
    path("<id:number>/close/", views.close, name="close"),
    path("<id:number>/rate/", views.rate, name="rate"),
]
