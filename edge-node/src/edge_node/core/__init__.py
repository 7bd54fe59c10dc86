"""Pure decisions: no I/O, clock, asyncio, logging, numpy or wire types. Time comes with the data."""
