"""The tab of what changes an agreement or ends it: amendments, notices, talks."""
