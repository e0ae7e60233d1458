"""The session behind the door: a record that is gone is said to be gone."""

from typing import Any

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.domain.errors import Gone


class RecordSession(Session):
    """What a widget, a form or another window still names may be deleted or taken back meanwhile."""

    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any:
        """The record with this key. Raises Gone if there is none any more."""
        try:
            return super().get_one(entity, ident, **options)
        except NoResultFound as error:
            raise Gone from error
