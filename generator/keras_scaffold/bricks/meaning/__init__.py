"""What words of other vocabularies mean here: told, never taken."""
