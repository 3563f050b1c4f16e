"""What is enough: every arm of a design played exactly, without playing each of them.

design -> arms -> one exploration for each replication -> leaves -> counts -> answers

A leaf is one way that a day can go, with all arms under which it goes that way.
"""
