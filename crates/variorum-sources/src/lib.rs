//! Opens files, folders and standard input and hands out one report's bytes at a time.
