"""The HTTP face: one factory that puts features' routers behind the same doors, limits and error shape."""
