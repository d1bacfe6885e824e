from announcements.admin.announcement import AnnouncementAdmin

__all__ = ["AnnouncementAdmin"]
