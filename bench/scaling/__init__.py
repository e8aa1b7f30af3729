"""What a corpus costs as it grows: a synthetic nation, stages that measure, growth, and the page of it all."""
