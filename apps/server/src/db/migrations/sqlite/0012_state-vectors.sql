ALTER TABLE `doc_snapshots` ADD `vector` blob;--> statement-breakpoint
ALTER TABLE `doc_snapshots` ADD `vector_sum` integer;