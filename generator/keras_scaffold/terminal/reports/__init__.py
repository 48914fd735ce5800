"""What commands show: tables and trees for people, plain data for programs."""
