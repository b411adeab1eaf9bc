"""Where requests may go: hosts, addresses and ports of the public web, judged where connections are made.

What is changed here: what is refused, and how a connection is held to the address that was judged.
"""
