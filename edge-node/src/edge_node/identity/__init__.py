"""Who this node is: keys made here that stay here, what the coordinator issued for them, and its renewal."""
