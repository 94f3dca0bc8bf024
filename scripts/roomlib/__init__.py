"""The room: a hospital ward, its servers and the internet, in network namespaces of one machine."""
