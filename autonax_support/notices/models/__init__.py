from autonax_support.notices.models.beat import WorkerBeat
from autonax_support.notices.models.channels import Channels
from autonax_support.notices.models.delivery import Delivery
from autonax_support.notices.models.job import Job
from autonax_support.notices.models.notice import Notice

__all__ = ["Channels", "Delivery", "Job", "Notice", "WorkerBeat"]
