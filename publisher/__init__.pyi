from publisher.checking import Report as Report
from publisher.errors import CheckError as CheckError
from publisher.errors import DefectError as DefectError
from publisher.errors import InputError as InputError
from publisher.errors import OptionError as OptionError
from publisher.errors import OutputError as OutputError
from publisher.errors import PublisherError as PublisherError
from publisher.errors import RenderingError as RenderingError
from publisher.errors import StrictError as StrictError
from publisher.errors import ThemeError as ThemeError
from publisher.executing.cluster import Cluster as Cluster
from publisher.executing.processes import Processes as Processes
from publisher.fetching import Web as Web
from publisher.library import Confined as Confined
from publisher.library import Format as Format
from publisher.library import Press as Press
from publisher.library import check as check
from publisher.library import compile as compile  # noqa: A004
from publisher.library import publish as publish
from publisher.library import read as read
from publisher.library import read_many as read_many
from publisher.library import render as render
from publisher.model import Article as Article
from publisher.model import Issue as Issue
from publisher.model import IssuePlan as IssuePlan
from publisher.model import Omission as Omission
from publisher.model import Problem as Problem
from publisher.model import Reading as Reading
from publisher.model import Source as Source
from publisher.model import Teaser as Teaser
from publisher.model import Written as Written
from publisher.model import to_json as to_json
from publisher.pipeline import Gathered as Gathered
from publisher.pipeline import Published as Published

__version__: str
