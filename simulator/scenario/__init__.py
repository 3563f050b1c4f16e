"""The nouns of a scenario, and the strict loading of files that describe one.

`organisation`, `misuse` and `scenario` hold the nouns; `loading` turns a file into them
and `schema` tells editors what a file may say. The other modules are steps of loading.
"""
