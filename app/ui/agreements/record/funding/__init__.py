"""The tab of an agreement's money: amount, instalments, commitment."""
