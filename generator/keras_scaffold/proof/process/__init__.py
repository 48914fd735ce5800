"""What runs in the process that holds TensorFlow, perhaps by another Python."""
