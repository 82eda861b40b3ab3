"""Kinds of units that matter to a rule. A committee and its bodies act for the whole organisation they stand in."""

BODIES = (
    "cap_uy",
    "cap_uy_trung_uong",
    "ban_thuong_vu",
    "thuong_truc",
    "uy_ban_kiem_tra",
    "co_quan_lanh_dao",
)
"""Bodies that lead or inspect their parent organisation: a post in one reaches what its organisation reaches."""
