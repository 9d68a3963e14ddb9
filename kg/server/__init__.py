"""The graph on a server: SPARQL 1.1 endpoint, catalogue over HTTP, linked data and pages.

The server itself only reads requests and sends answers. All that touches the store is done by worker processes
(``kg.server.jobs``), each with the store opened to read, so that a query that runs away can be ended without harm.
"""

from kg.server.limits import Limits
from kg.server.serving import serve

__all__ = ["Limits", "serve"]
