"""gunicorn behind nginx on the same machine. The command line overrules: --forwarded-allow-ips for a proxy on another host."""

import logging
import os
import re

bind = "127.0.0.1:8001"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = 4
worker_tmp_dir = "/dev/shm"  # noqa: S108 (the heartbeat's file must not wait for a disk)
control_socket_disable = True

timeout = 60
graceful_timeout = 30  # so long a request that is running may finish when the service is stopped or loaded anew
keepalive = 75  # longer than nginx keeps an idle line, so that it never sends into a closing one
max_requests, max_requests_jitter = 5000, 500

# X-Forwarded-Proto decides whether a page was asked for over TLS: nginx alone may say so
forwarded_allow_ips = "127.0.0.1"

accesslog = errorlog = "-"
# %(U)s is the path alone; %(r)s, %(q)s and %(f)s would bring the query, where a search may be somebody's national ID
access_log_format = '%({x-forwarded-for}i)s "%(m)s %(U)s %(H)s" %(s)s %(B)s %(M)sms "%(a)s"'


class WithoutQuery(logging.Filter):
    """gunicorn's own complaints of a request name its whole address."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = re.sub(r"\?\S*", "?…", record.getMessage()), None
        return True


def on_starting(server: object) -> None:
    server.log.error_log.addFilter(WithoutQuery())
