"""The sample that shows the product: a job, a made-up person's resume, one rehearsed interview, its figures."""
