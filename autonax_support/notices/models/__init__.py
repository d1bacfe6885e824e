from autonax_support.notices.models.delivery import Delivery
from autonax_support.notices.models.job import Job
from autonax_support.notices.models.notice import Notice

__all__ = ["Delivery", "Job", "Notice"]
