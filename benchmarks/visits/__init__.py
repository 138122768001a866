"""Servers that are started, visited and measured from outside: their processes, a browser, a crowd without one."""
