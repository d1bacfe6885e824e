from autonax_support.demo.stories import answered, deployment, training, waiting

STORIES = [*waiting.STORIES, *answered.STORIES, *training.STORIES, *deployment.STORIES]
