"""What is read in the workspace, by name, one file per noun. Everything here answers through the access now open."""
