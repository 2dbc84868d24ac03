"""Amazon Translate and S3 clients."""
