"""Telling people of a run that did not end as it should; nothing here is loaded where nobody is to be told."""
