ALTER TABLE "doc_snapshots" ADD COLUMN "vector" "bytea";--> statement-breakpoint
ALTER TABLE "doc_snapshots" ADD COLUMN "vector_sum" bigint;