"""Errors of the store, each with a message of one line."""


class StoreError(Exception):
    """The store cannot be opened, read or written; the message names it and the reason."""


class ConnectionLostError(StoreError):
    """The database's server has ended the connection; what was not committed is not written."""


class NewsroomBusyError(StoreError):
    """Another run of the newsroom is under way."""


class DatabaseRefusedError(Exception):
    """The named database cannot serve as a store; the message says why."""
