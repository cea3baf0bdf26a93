/**
 * Sets the umask: all files and folders that the service and the commands create are readable by their owner only,
 * because they contain personal data. Import this module first.
 */
process.umask(0o077)
