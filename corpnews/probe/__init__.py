"""What is this newsroom? Each way of discovery tried a little, some releases read, all of it told in a table."""
