"""How a run ended and whom to tell: verdict, run history, notifications.

What is changed here: what makes a run `degraded` (verdict.py), the columns of the run history, how notifications are sent.
"""
