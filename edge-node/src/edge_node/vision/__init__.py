"""Seeing: a picture is reduced to how many faces there are and where the head points. Pictures are not kept."""
