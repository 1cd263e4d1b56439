-- API extensions: answers kept for repeated requests, the change feed.


-- Mail outbox: mails that are to go out.


-- Customers: further addresses, blocking, merging.


-- People: profile, recovery codes, reset links.


-- Sign-in dialects: sessions and keys of other systems' clients.


-- Sign-in sources: accounts of other systems that may sign in here.


-- Secrets: what is sealed, and with which key.

