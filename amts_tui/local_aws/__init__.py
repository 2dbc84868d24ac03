"""The local endpoint: Amazon Translate over a local S3."""
