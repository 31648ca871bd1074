import django.db.models.deletion
import intrek.ground.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('programmes', '0009_law_codes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.UUIDField(default=intrek.ground.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('saved_by', models.CharField(blank=True, default='', editable=False, max_length=120)),
                ('code', models.SlugField(max_length=40, verbose_name='kind of paper')),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('fr', 'Français'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('signers', models.JSONField(default=list, verbose_name='who signs')),
                ('editors', models.JSONField(default=list)),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='approved on')),
                ('approved_by', models.CharField(blank=True, max_length=120, verbose_name='approved by')),
                ('from_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='programmes.programme')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('programme', 'code', 'language', 'number'), name='one_text_per_number'),
                    models.UniqueConstraint(condition=models.Q(('approved_on', None)), fields=('programme', 'code', 'language'), name='one_draft_of_a_text'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PaperFile',
            fields=[
                ('id', models.UUIDField(default=intrek.ground.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('saved_by', models.CharField(blank=True, default='', editable=False, max_length=120)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('fr', 'Français'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('made_on', models.DateField(verbose_name='made on')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='signed on')),
                ('facts', models.JSONField(default=dict, verbose_name='facts printed')),
                ('name', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='documents.paper')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='programmes.programme')),
                ('text', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.text')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('paper', 'number'), name='one_file_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.UUIDField(default=intrek.ground.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('saved_by', models.CharField(blank=True, default='', editable=False, max_length=120)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('heading', models.CharField(blank=True, max_length=120, verbose_name='heading')),
                ('body', models.TextField(verbose_name='text')),
                ('only_if', models.JSONField(default=list, verbose_name='use this article if')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='programmes.programme')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='documents.text')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
    ]
