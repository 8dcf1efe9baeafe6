"""A lab that plays every way a RabbitMQ connection dies and says where each RST first appeared."""
