"""Machines to provision: systemd-nspawn hosts with real systemd, in network namespaces with no way outside."""
