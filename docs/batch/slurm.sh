#!/bin/bash
# 作业数组：每个任务算全部区县中的一份 / an array of jobs: each plans one part of the districts.
#
#   sbatch --array=1-8 docs/batch/slurm.sh DISTRICTS OUT [POLICY]
#
# 中断后重新提交同一条命令即可：已完成的区县跳过。全部结束后，不带 --shard 再运行一次，得到总表 summary.csv。
# Submit the same again after an interruption: finished districts are skipped. When all parts have
# ended, run it once without --shard for the summary of all.
#SBATCH --job-name=shizi
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=02:00:00
set -euo pipefail
exec "${SHIZI:-shizi}" batch "$1" --out "$2" --policy "${3:-national}" \
  --shard "${SLURM_ARRAY_TASK_ID}/${SLURM_ARRAY_TASK_COUNT}" \
  --threads "${SLURM_CPUS_PER_TASK:-2}" --jobs 1
