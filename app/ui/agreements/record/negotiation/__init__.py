"""The tab of the negotiation: drafts, comments, comparison, stages."""
