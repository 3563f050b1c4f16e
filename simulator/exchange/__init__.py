"""Other people's formats: the lists of an organisation become a scenario of ours.

``lines`` and ``tables`` read rows, ``dates`` and ``words`` what stands in them;
``staff``, ``roster`` and ``leavers`` read whole lists, and ``ledger`` keeps what became
of each row. ``fitting`` and ``delays`` learn from the leaver log how long access lasts.
``drafting`` decides what a starter file says, and ``starter`` writes it.
"""
